"""Runs a Pulumi program as Pulumi's Python host does: the package `pulumi` brings no runner along."""

import argparse
import asyncio
import runpy
import sys
import traceback

import pulumi
import pulumi.runtime

ALREADY_REPORTED = 32

arguments = argparse.ArgumentParser()
for name in ("monitor", "engine", "organization", "project", "root-directory", "stack"):
    arguments.add_argument(f"--{name}", required=True)
arguments.add_argument("--parallel", type=int, required=True)
arguments.add_argument("--dry-run", action="store_true")
arguments.add_argument("program", help="a folder with a __main__.py, or a file")
given = vars(arguments.parse_args())
program = given.pop("program")

pulumi.runtime.set_all_config(
    pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env()
)
pulumi.runtime.configure(pulumi.runtime.Settings(**given))


def run() -> None:
    runpy.run_path(program, run_name="__main__")


try:
    asyncio.run(pulumi.runtime.run_in_stack(run))
except pulumi.RunError as refusal:
    # The one exception whose message is all that the user has to read.
    pulumi.log.error(str(refusal))
    sys.exit(ALREADY_REPORTED)
except Exception:
    pulumi.log.error(traceback.format_exc())
    sys.exit(ALREADY_REPORTED)
