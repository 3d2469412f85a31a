"""Step Functions of moto 5.2.3, with its interpreter turned on and two of its faults repaired.

Arguments: the port. MOTO_PORT names the port of the services that tasks call.
"""

import sys

from botocore.response import StreamingBody
from moto.core.config import default_user_config
from moto.server import main
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (
    StateTaskServiceAwsSdk,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_glue import (
    StateTaskServiceGlue,
)


def wait_for_run(self, env, resource_runtime_part, normalised_parameters, state_credentials):
    """The original needs the endpoint of a callback, which `glue:startJobRun.sync` has not: every run ended in an error."""
    resolver = self._build_sync_resolver(env, resource_runtime_part, normalised_parameters, state_credentials)
    run = self._eval_sync(
        env=env, sync_resolver=resolver, timeout_seconds=None, callback_endpoint=None, heartbeat_endpoint=None
    )
    env.stack.append(run)


def read_body(self, response, *_):
    """The body of an object is text in the result of a task (https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html)."""
    for name, value in response.items():
        if isinstance(value, StreamingBody):
            response[name] = value.read().decode("utf-8")


StateTaskServiceGlue._eval_integration_pattern = wait_for_run
StateTaskServiceAwsSdk._normalise_response = read_body
default_user_config["stepfunctions"] = {"execute_state_machine": True}
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
