"""`python -m auditapp` is the `auditapp` command."""

from auditapp.cli import main

if __name__ == "__main__":
    main()
