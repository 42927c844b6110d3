"""
An independent client: starts and ends the guide's runs, reads and changes version sets, counts runs. It shares nothing with
Patchboard. Prints one JSON object.
"""

import argparse
import asyncio
import json
import os
import sys

from temporalio.client import Client

import census
import runs
import version_sets


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="host:port of the frontend")
    parser.add_argument("namespace")
    commands = parser.add_subparsers(required=True)
    for module in (runs, version_sets, census):
        module.add_commands(commands)
    return parser.parse_args()


async def main() -> None:
    args = parse_arguments()
    client = await Client.connect(args.address, namespace=args.namespace)
    print(json.dumps(await args.command(client, args)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
    # An ordinary end crashes now and then (one in ten): the SDK's own threads still want the interpreter that is being taken down.
    sys.stderr.flush()
    os._exit(0)
