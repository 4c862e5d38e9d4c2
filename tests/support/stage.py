# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A backend that acts whatever there is to be seen, at once and without a phone."""

from end_to_end import ALTERNATE, MOBILE, OFFICE, compact, read_example_policy
from strange_backend import (CAPABILITIES, INFO, PROBLEM, VERIFICATION, VERIFICATIONS, Answer,
                             StrangeBackend, make_verification)

ACCOUNT = {"id": "astrid", "displayName": "Astrid Lind", "username": "astrid@contoso.example"}
ORGANIZATION = "Contoso AB"
DEVICE, KEY, ADDRESS = "Pixel 9", "YubiKey 5C", "astrid@private.example"
# Everything on the screen that is in no language, or in that of whoever wrote it.
DATA = [*ACCOUNT.values(), ORGANIZATION, DEVICE, KEY, ADDRESS]
BOTH = ["signIn", "passwordReset"]
CODE = {"approval": "code", "codeLength": 6,
        "allowed": ["submitCode", "resend", "switchChannel", "cancel"]}
TEXT = {"channel": "text", "state": "texted", **CODE}
ACCEPTED = {"methodId": "m-1", "state": "verified", "allowed": []}


def make_phone(name, use, number, **members):
    return {"id": name, "type": "phone", "use": use, "number": compact(number),
            "channels": ["call", "text"], "usableFor": BOTH, "isDefault": False,
            "canChange": True, "canDelete": True, "deleteBlocked": None,
            "defaultIfDeleted": None, **members}


def make_other(name, kind, **members):
    return {"id": name, "type": kind, "usableFor": BOTH, "isDefault": False, "canChange": False,
            "canDelete": True, "deleteBlocked": None, "defaultIfDeleted": None, **members}


METHODS = [
    make_phone("m-1", "mobile", MOBILE, isDefault=True, canDelete=False,
               deleteBlocked="required_by_alternate"),
    make_phone("m-2", "alternate", ALTERNATE, usableFor=["signIn"]),
    make_phone("m-3", "office", OFFICE, usableFor=["signIn"]),
    make_other("m-4", "authenticatorApp", label=DEVICE),
    make_other("m-5", "securityKey", label=KEY),
    make_other("m-6", "email", label=ADDRESS, usableFor=["passwordReset"]),
    make_other("m-7", "securityQuestions", count=3, usableFor=["passwordReset"]),
    make_other("m-8", "carrierPigeon", usableFor=["signIn"]),
]
OPTIONS = [{"methodId": "m-1", "channel": "call"}, {"methodId": "m-1", "channel": "text"},
           {"methodId": "m-3", "channel": "call"}, {"methodId": "m-4", "channel": None}]


class Stage(StrangeBackend):
    holds_requests = True

    def __init__(self):
        super().__init__()
        self.policy = read_example_policy()
        self.allow()
        self.show_list()

    def allow(self, **members):
        self.answers[CAPABILITIES] = Answer(200, {**self.policy, **members})

    def allow_no_phone(self):
        """There are as many as there may be. No page resets a password, either."""
        phone, *others = self.policy["methods"]
        self.allow(methods=[{**phone, "canAdd": False, "reason": "limit_reached"}, *others],
                   links={})

    def show_list(self, *methods, default=None, options=()):
        self.answers[INFO] = Answer(200, {
            "account": ACCOUNT, "methods": list(methods), "default": default,
            "defaultOptions": list(options), "verification": None})

    def show_all_methods(self):
        self.show_list(*METHODS, default=OPTIONS[0], options=OPTIONS)

    def show_deletable(self):
        """A default that can be deleted, after which another takes its place."""
        phone = make_phone("m-1", "mobile", MOBILE, isDefault=True, defaultIfDeleted=OPTIONS[3])
        self.show_list(phone, METHODS[3], default=OPTIONS[0], options=OPTIONS[:2] + OPTIONS[3:])

    def show_added(self):
        """The phone is there, and could be the default."""
        self.show_list(make_phone("m-1", "mobile", MOBILE), METHODS[3], default=OPTIONS[3],
                       options=OPTIONS[:2] + OPTIONS[3:])

    def fail(self, request, status, code, **members):
        """A request such as "POST /v1/me/verifications" is refused."""
        headers = {"Retry_After": str(members["retryAfter"])} if "retryAfter" in members else {}
        self.answers[request] = Answer(status, {"code": code, "status": status, **members},
                                       PROBLEM, **headers)

    def ask_to_sign_in_again(self, request):
        self.answers[request] = Answer(
            401, {"code": "step_up_required", "status": 401}, PROBLEM,
            WWW_Authenticate='Bearer error="insufficient_user_authentication", max_age=300')

    def show_verification(self, **members):
        """Whoever starts one, follows it or asks for another call sees this from now on."""
        verification = make_verification(**members)
        self.answers[f"POST {VERIFICATIONS}"] = Answer(201, verification, Location=VERIFICATION)
        self.answers[f"POST {VERIFICATION}/resend"] = Answer(202, verification)
        self.answers[f"DELETE {VERIFICATION}"] = Answer(204, "")
        self.change(VERIFICATION, Answer(200, verification))

    def approve_unseen(self, **members):
        """Whoever cancels it now is too late; whoever follows it is not told."""
        self.fail(f"DELETE {VERIFICATION}", 409, "verification_ended", state="verified",
                  methodId="m-1")
        self.answers[VERIFICATION] = Answer(200, make_verification(**members, **ACCEPTED))
