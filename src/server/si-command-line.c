/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-command-line.h"

#include <gio/gio.h>

#include "si-uri.h"

/* The executable's options. What is not given is as in si_server_options_new (). */

#define SUMMARY                                                                          \
  "The reference backend of Security Info. It listens on 127.0.0.1 alone, and prints "   \
  "its"                                                                                  \
  "\nbase URL as its first line.\n\n"                                                    \
  "There is no real carrier behind it: calls and texts go to the simulated phone, or,\n" \
  "without one, to nobody.\n\n"                                                          \
  "Requests come with the tokens of a file, of the example, or of an identity\n"         \
  "provider that is asked about them. Its client's secret is read from the "             \
  "variable\n" SECRET_VARIABLE "."

#define SECRET_VARIABLE "SECURITY_INFO_INTROSPECT_SECRET"
#define MAX_INTROSPECT_CACHE 30

typedef struct {
  int      port;
  char    *database;
  char    *tokens;
  char    *policy;
  char    *socket;
  char    *approval;
  gboolean no_wait;
  char    *introspect;
  char    *client;
  char    *audience;
} Values;

static void
values_clear (Values *values)
{
  g_free (values->database);
  g_free (values->tokens);
  g_free (values->policy);
  g_free (values->socket);
  g_free (values->approval);
  g_free (values->introspect);
  g_free (values->client);
  g_free (values->audience);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Values, values_clear)

static gboolean
read_values (SiCommandLine *self, Values *values, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  SiServerOptions           *options = self->options;
  const GOptionEntry         entries[] = {
            { "port", 0, 0, G_OPTION_ARG_INT, &values->port,
              "Listen on this port; 0, the default, picks a free one", "PORT" },
            { "database", 0, 0, G_OPTION_ARG_FILENAME, &values->database,
              "Keep everything in this file (default: in memory)", "FILE" },
            { "tokens", 0, 0, G_OPTION_ARG_FILENAME, &values->tokens,
              "Who may come with which token (JSON)", "FILE" },
            { "policy", 0, 0, G_OPTION_ARG_FILENAME, &values->policy,
              "What the organisation allows (JSON; default: that of an example)", "FILE" },
            { "step-up-max-age", 0, 0, G_OPTION_ARG_INT, &options->step_up_max_age,
              "Ask for a new sign-in to change anything after this time", "SECONDS" },
            { "ttl", 0, 0, G_OPTION_ARG_DOUBLE, &options->ttl,
              "How long a verification lasts (default: as the policy says)", "SECONDS" },
            { "resend-after", 0, 0, G_OPTION_ARG_DOUBLE, &options->resend_after,
              "How long to wait before another try (default: as the policy says)", "SECONDS" },
            { "dial-time", 0, 0, G_OPTION_ARG_DOUBLE, &options->dial_time,
              "How long it takes until a phone rings (default: 0)", "SECONDS" },
            { "ring-time", 0, 0, G_OPTION_ARG_DOUBLE, &options->ring_time,
              "How long a phone rings, and a call waits for a key (default: 30)", "SECONDS" },
            { "no-wait", 0, 0, G_OPTION_ARG_NONE, &values->no_wait,
              "Let clients poll, by Retry-After, instead of holding their requests", NULL },
            { "retry-after", 0, 0, G_OPTION_ARG_INT, &options->retry_after,
              "How long they are told to wait (default: 2)", "SECONDS" },
            { "call-approval", 0, 0, G_OPTION_ARG_STRING, &values->approval,
              "What approves a call: “keypress”, the default, or “code”", "KIND" },
            { "simulated-phone", 0, 0, G_OPTION_ARG_FILENAME, &values->socket,
              "Put the phone under the control of this Unix socket", "SOCKET" },
            { "introspect", 0, 0, G_OPTION_ARG_STRING, &values->introspect,
              "Ask here what other tokens are worth (RFC 7662)", "URL" },
            { "introspect-client", 0, 0, G_OPTION_ARG_STRING, &values->client,
              "Who the server is to the identity provider", "ID" },
            { "introspect-audience", 0, 0, G_OPTION_ARG_STRING, &values->audience,
              "Whom tokens have to be meant for (default: anybody)", "AUDIENCE" },
            { "introspect-iat", 0, 0, G_OPTION_ARG_NONE, &options->introspect_iat,
              "Take a token's issue for the sign-in, if its provider does not tell that", NULL },
            { "introspect-cache", 0, 0, G_OPTION_ARG_DOUBLE, &options->introspect_cache,
              "How long an answer is good (0 to 30, the default)", "SECONDS" },
            { "example", 0, 0, G_OPTION_ARG_NONE, &self->example,
              "Add an example account, with the token in SECURITY_INFO_TOKEN or, without one, "
                      "with a new one that the second line says",
              NULL },
            { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, "Print the version", NULL },
            { NULL },
  };

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, SUMMARY);
  return g_option_context_parse_strv (context, argv, error);
}

static const char *
find_introspection_problem (Values *values, double cache)
{
  g_autoptr (GUri) uri = NULL;

  if (!(cache >= 0 && cache <= MAX_INTROSPECT_CACHE))
    return "An answer about a token is good for 30 seconds at most";
  if (values->introspect == NULL)
    return values->client != NULL ? "There is nobody to ask about tokens" : NULL;

  uri = si_uri_parse_endpoint (values->introspect, NULL);
  if (uri == NULL)
    return "Tokens can be asked about at an https address alone, or on this machine";
  if (values->client == NULL || g_getenv (SECRET_VARIABLE) == NULL)
    return "To ask about tokens takes --introspect-client, and its secret in"
           " " SECRET_VARIABLE;

  return NULL;
}

static gboolean
check_values (Values *values, double cache, char **argv, GError **error)
{
  const char *problem = find_introspection_problem (values, cache);

  if (g_strv_length (argv) > 1)
    problem = "There are no arguments besides the options";
  else if (values->port < 0 || values->port > G_MAXUINT16)
    problem = "There is no such port";
  else if (values->approval != NULL && !g_str_equal (values->approval, "keypress")
           && !g_str_equal (values->approval, "code"))
    problem = "A call is approved by “keypress” or by “code”";

  if (problem != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, problem);
  return problem == NULL;
}

static void
apply_values (SiServerOptions *options, Values *values)
{
  options->port = (guint16) values->port;
  options->long_poll = !values->no_wait;
  options->spoken_code = g_strcmp0 (values->approval, "code") == 0;
  options->control_socket = g_steal_pointer (&values->socket);
  options->introspect_url = g_steal_pointer (&values->introspect);
  options->introspect_client = g_steal_pointer (&values->client);
  options->introspect_secret = g_strdup (g_getenv (SECRET_VARIABLE));
  options->introspect_audience = g_steal_pointer (&values->audience);

  if (values->database != NULL) {
    g_free (options->database);
    options->database = g_steal_pointer (&values->database);
  }
}

/**
 * si_command_line_parse:
 * @self: (out caller-allocates): what the command line says
 * @argv: (inout): the arguments; the options are taken out
 * @error: return location for an error
 *
 * Returns: whether it makes sense, and the files that it names could be read
 */
gboolean
si_command_line_parse (SiCommandLine *self, char ***argv, GError **error)
{
  g_auto (Values) values = { 0 };

  self->options = si_server_options_new ();
  if (!read_values (self, &values, argv, error)
      || !check_values (&values, self->options->introspect_cache, *argv, error))
    return FALSE;

  apply_values (self->options, &values);

  return (values.tokens == NULL
          || si_server_options_load_tokens (self->options, values.tokens, error))
         && (values.policy == NULL
             || si_server_options_load_policy (self->options, values.policy, error));
}

void
si_command_line_clear (SiCommandLine *self)
{
  g_clear_pointer (&self->options, si_server_options_free);
}
