"""Holds requests against the service models of botocore, and sends them where AWS_ENDPOINT_URL says.

Reads JSON from standard input: [{"service": "glue", "operation": "CreateTable", "input": {...}}, ...]. Writes one list of
problems for each request. With the argument `send`, not `check`, a request that is well formed is sent as well.

botocore itself checks names, types and least lengths before it sends anything; patterns, greatest lengths and enums are in
its models but are left to the services, so they are checked here.
"""

import json
import re
import sys

from botocore.session import Session
from botocore.validate import ParamValidator

session = Session()


# Classes of Unicode that Python's expressions have no word for, by one that is at least as wide.
classes = {r"\p{L}": r"\w", r"\p{N}": r"\w", r"\p{M}": r"\w", r"\p{Z}": r"\s", r"\p{S}": r"\W", r"\p{P}": r"\W"}
# Java's spelling of the characters beyond the first plane.
beyond = r"\uD800\uDC00-\uDBFF\uDFFF"


def pattern_of(text):
    text = text.replace(beyond, "\U00010000-\U0010ffff")
    for java, python in classes.items():
        text = text.replace(java, python)
    return re.compile(text)


def check(value, shape, path, problems):
    meta = shape.metadata
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if name in value:
                check(value[name], member, f"{path}.{name}", problems)
    elif shape.type_name == "list":
        for index, item in enumerate(value):
            check(item, shape.member, f"{path}[{index}]", problems)
    elif shape.type_name == "map":
        for key, item in value.items():
            check(key, shape.key, f"{path} key {key!r}", problems)
            check(item, shape.value, f"{path}[{key!r}]", problems)
    size = len(value) if isinstance(value, (str, list, dict)) else value
    if isinstance(size, (int, float)) and not isinstance(size, bool):
        if "max" in meta and size > meta["max"]:
            problems.append(f"{path}: {size} is more than {meta['max']}")
        if "min" in meta and size < meta["min"]:
            problems.append(f"{path}: {size} is less than {meta['min']}")
    if isinstance(value, str):
        if "enum" in meta and value not in meta["enum"]:
            problems.append(f"{path}: {value!r} is not one of {meta['enum']}")
        if "pattern" in meta and not pattern_of(meta["pattern"]).fullmatch(value):
            problems.append(f"{path}: {value!r} does not match {meta['pattern']}")


def send(service, operation, request):
    client = session.create_client(service, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    method = next(name for name, api in client.meta.method_to_api_mapping.items() if api == operation)
    answer = getattr(client, method)(**request)
    return [f"answered {failure}" for failure in answer.get("Failures", [])]


def problems_of(request):
    model = session.get_service_model(request["service"])
    shape = model.operation_model(request["operation"]).input_shape
    report = ParamValidator().validate(request["input"], shape)
    problems = [report.generate_report()] if report.has_errors() else []
    if not problems:
        check(request["input"], shape, request["operation"], problems)
    if not problems and sys.argv[1:] == ["send"]:
        try:
            problems += send(request["service"], request["operation"], request["input"])
        except Exception as error:
            problems.append(f"{type(error).__name__}: {error}")
    return problems


json.dump([problems_of(request) for request in json.load(sys.stdin)], sys.stdout)
