"""Records use no anchors, aliases, tags or complex keys."""
