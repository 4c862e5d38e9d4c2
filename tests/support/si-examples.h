/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The examples of data/contract.md, as they stand there. */

#define SI_EXAMPLE_CAPABILITIES                                                          \
  "{\"organization\": {\"id\": \"contoso\", \"displayName\": \"Contoso AB\"}, "          \
  "\"support\": {\"url\": \"https://help.contoso.example/\", "                           \
  "\"phone\": \"+4684400000\", \"email\": \"help@contoso.example\"}, "                   \
  "\"links\": {\"passwordReset\": \"https://pw.contoso.example/\", "                     \
  "\"signInHelp\": \"https://help.contoso.example/signin\", "                            \
  "\"manage\": \"https://account.contoso.example/security-info\"}, "                     \
  "\"methods\": ["                                                                       \
  "{\"type\": \"phone\", \"canAdd\": true, \"reason\": null, "                           \
  "\"uses\": [{\"use\": \"mobile\", \"channels\": [\"call\", \"text\"], \"max\": 1, "    \
  "\"usableFor\": [\"signIn\", \"passwordReset\"], \"requires\": null, "                 \
  "\"unavailableChannels\": []}, "                                                       \
  "{\"use\": \"alternate\", \"channels\": [\"call\"], \"max\": 1, "                      \
  "\"usableFor\": [\"signIn\"], \"requires\": \"mobile\", "                              \
  "\"unavailableChannels\": [{\"channel\": \"text\", "                                   \
  "\"reason\": \"policy_disallowed\"}]}], "                                              \
  "\"countries\": {\"allow\": [\"SE\", \"NO\", \"US\"], \"default\": \"SE\"}}, "         \
  "{\"type\": \"authenticatorApp\", \"canAdd\": true, \"reason\": null, \"max\": 5, "    \
  "\"usableFor\": [\"signIn\", \"passwordReset\"]}, "                                    \
  "{\"type\": \"securityQuestions\", \"canAdd\": false, "                                \
  "\"reason\": \"policy_disallowed\", \"usableFor\": [\"passwordReset\"]}], "            \
  "\"verification\": {\"ttlSeconds\": 300, \"resendAfterSeconds\": 30, "                 \
  "\"maxSends\": 5, \"maxChecks\": 5}, "                                                 \
  "\"registration\": {\"required\": false, \"minimumMethods\": 1}, "                     \
  "\"defaultIsSystemChosen\": false}"

#define SI_EXAMPLE_SECURITY_INFO                                                         \
  "{\"account\": {\"id\": \"…\", \"displayName\": \"Astrid Lind\", "                   \
  "\"username\": \"astrid@contoso.example\"}, "                                          \
  "\"methods\": [{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\", "           \
  "\"number\": \"+46701234567\", "                                                       \
  "\"channels\": [\"call\", \"text\"], \"usableFor\": [\"signIn\", \"passwordReset\"], " \
  "\"isDefault\": true, "                                                                \
  "\"canChange\": true, \"canDelete\": true, \"deleteBlocked\": null, "                  \
  "\"defaultIfDeleted\": {\"methodId\": \"m-2\", \"channel\": null}, "                   \
  "\"createdAt\": \"2026-03-01T09:00:00Z\", \"lastUsedAt\": null}], "                    \
  "\"default\": {\"methodId\": \"m-1\", \"channel\": \"call\"}, "                        \
  "\"defaultOptions\": [{\"methodId\": \"m-1\", \"channel\": \"call\"}, "                \
  "{\"methodId\": \"m-1\", \"channel\": \"text\"}, {\"methodId\": \"m-2\", "             \
  "\"channel\": null}], "                                                                \
  "\"verification\": {\"id\": \"v-1\", \"location\": \"/v1/me/verifications/v-1\"}}"

#define SI_EXAMPLE_CALL                                                                  \
  "{\"id\": \"v-1\", \"purpose\": \"add\", \"type\": \"phone\", \"use\": \"mobile\", "   \
  "\"target\": \"+46701234567\", \"methodId\": null, "                                   \
  "\"state\": \"ringing\", \"reason\": null, \"channel\": \"call\", "                    \
  "\"approval\": \"keypress\", \"codeLength\": null, "                                   \
  "\"serverTime\": \"2026-11-23T12:00:03Z\", "                                           \
  "\"createdAt\": \"2026-11-23T12:00:00Z\", "                                            \
  "\"expiresAt\": \"2026-11-23T12:05:00Z\", "                                            \
  "\"resendAt\": \"2026-11-23T12:00:30Z\", \"sendsLeft\": 4, \"checksLeft\": 5, "        \
  "\"newDefault\": null, "                                                               \
  "\"allowed\": [\"resend\", \"switchChannel\", \"cancel\"]}"

#define SI_EXAMPLE_TEXT                                                                  \
  "{\"id\": \"v-1\", \"purpose\": \"add\", \"type\": \"phone\", \"use\": \"mobile\", "   \
  "\"target\": \"+46701234567\", \"methodId\": null, "                                   \
  "\"state\": \"texted\", \"reason\": null, \"channel\": \"text\", "                     \
  "\"approval\": \"code\", \"codeLength\": 6, "                                          \
  "\"serverTime\": \"2026-11-23T12:00:03Z\", "                                           \
  "\"createdAt\": \"2026-11-23T12:00:00Z\", "                                            \
  "\"expiresAt\": \"2026-11-23T12:05:00Z\", "                                            \
  "\"resendAt\": \"2026-11-23T12:00:30Z\", \"sendsLeft\": 4, \"checksLeft\": 5, "        \
  "\"newDefault\": null, "                                                               \
  "\"allowed\": [\"submitCode\", \"resend\", \"switchChannel\", \"cancel\"]}"
