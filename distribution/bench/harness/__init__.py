"""Load benchmark of Sluice beside other HTTP proxies; started by run.sh, described in README.md."""
