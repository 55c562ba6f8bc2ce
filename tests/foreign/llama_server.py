"""Run as a program: llama.cpp's server for the model in argv[1]; ends with its standard input."""

from __future__ import annotations

import sys


def main() -> None:
    import xllamacpp as x

    params = x.CommonParams()
    params.model.path = sys.argv[1]
    params.hostnames = ["127.0.0.1"]
    params.port = int(sys.argv[2])
    params.ui = False
    params.offline = True
    params.n_ctx = 8192
    params.n_parallel = 2
    params.sampling.seed = 7
    params.n_predict = 60
    server = x.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()
    del server


if __name__ == "__main__":
    main()
