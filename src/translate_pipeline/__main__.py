"""`python -m translate_pipeline` is the command `translate-pipeline`."""

import sys

from translate_pipeline.cli import main

if __name__ == "__main__":
    sys.exit(main())
