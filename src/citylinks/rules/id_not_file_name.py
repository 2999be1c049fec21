"""The id of a one-record file is the file's name."""
