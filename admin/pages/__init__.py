"""One file for each task; its templates lie in the folder of the same name."""
