"""The error of a job that its user can act on."""


class JobError(Exception):
    """A refusal or a failure with a code of Headwater's errors, and the payload of that code.

    `details` holds names and counts, never values of rows: it is written into the result, which others may read.
    """

    def __init__(self, code, details):
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details
