"""A worker with one code of the stories: every workflow of a module. Ends in an orderly way on SIGTERM."""

import argparse
import asyncio
import os
import signal
import sys

from temporalio.client import Client
from temporalio.worker import Worker

from codes import workflows_of


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="host:port of the frontend")
    parser.add_argument("namespace")
    parser.add_argument("task_queue")
    parser.add_argument("code", help="module that holds the workflows")
    parser.add_argument("--build-id", help="default: the SDK's hash of the code")
    parser.add_argument("--identity", required=True, help="as pollers list it")
    parser.add_argument("--sticky", action="store_true", help="keep runs in memory, as workers do by default")
    parser.add_argument("--code-folder", help="where the module is, when not beside this file")
    return parser.parse_args()


async def main() -> None:
    args = parse_arguments()
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    if args.code_folder is not None:
        sys.path.insert(0, args.code_folder)
    client = await Client.connect(args.address, namespace=args.namespace, identity=args.identity)
    worker = Worker(
        client,
        task_queue=args.task_queue,
        workflows=workflows_of(args.code),
        build_id=args.build_id,
        # Without a cache each task goes to whichever worker polls, which replays the run from its first event.
        max_cached_workflows=1000 if args.sticky else 0,
    )
    async with worker:
        await stopping.wait()


if __name__ == "__main__":
    asyncio.run(main())
    # As in client.py: the SDK's threads can crash an ordinary end.
    sys.stderr.flush()
    os._exit(0)
