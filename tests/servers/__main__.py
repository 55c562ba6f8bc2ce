"""Takes `python -m tests.servers` options, gives a running loopback model server."""

import sys

from tests.servers.loopback import main

sys.exit(main())
