"""Takes nothing, gives nothing: the folder of the measurements; run `python -m benchmarks.NAME`."""
