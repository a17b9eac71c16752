"""`python -m aligner` is the command `aligner`."""

from aligner.cli.app import main

if __name__ == "__main__":
    main()
