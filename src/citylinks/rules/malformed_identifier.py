"""An identifier has the form that its authority gives."""
