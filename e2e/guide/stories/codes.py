"""The codes that a worker can have: each is a module with workflows."""

import importlib
import inspect


def workflows_of(code: str) -> list[type]:
    module = importlib.import_module(code)
    return [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and value.__module__ == code and hasattr(value, "__temporal_workflow_definition")
    ]
