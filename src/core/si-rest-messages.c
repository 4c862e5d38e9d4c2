/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-rest-messages.h"

#include "si-json.h"

/* The contract's requests as messages, and their answers as models: what goes over the
 * wire. */

#define DEFAULT_POLL_SECONDS 2

static void
set_string_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static char *
verification_path (SiVerification *verification, const char *suffix)
{
  g_autofree char *id
      = g_uri_escape_string (si_verification_get_id (verification), NULL, FALSE);

  return g_strconcat ("/v1/me/verifications/", id, suffix, NULL);
}

SiHttpRequest *
si_rest_messages_new_start (SiVerificationRequest *request)
{
  SiHttpRequest *message = si_http_request_new (SOUP_METHOD_POST, "/v1/me/verifications");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char             *method_id = si_verification_request_get_method_id (request);
  SiPurpose               purpose = si_verification_request_get_purpose (request);
  SiPhoneUse              use = si_verification_request_get_use (request);
  SiChannel               channel = si_verification_request_get_channel (request);

  json_builder_begin_object (builder);
  set_string_member (builder, "purpose", si_purpose_to_word (purpose));
  set_string_member (builder, "type", si_method_type_to_word (SI_METHOD_TYPE_PHONE));
  if (method_id != NULL)
    set_string_member (builder, "methodId", method_id);
  set_string_member (builder, "use", si_phone_use_to_word (use));
  set_string_member (builder, "number", si_verification_request_get_number (request));
  set_string_member (builder, "channel", si_channel_to_word (channel));
  json_builder_end_object (builder);

  si_http_request_set_body (message, builder);
  si_http_request_set_idempotency_key (
      message, si_verification_request_get_idempotency_key (request));

  return message;
}

SiHttpRequest *
si_rest_messages_new_poll (SiVerification *verification, guint wait)
{
  g_autofree char *path = verification_path (verification, NULL);
  SiHttpRequest   *message = si_http_request_new (SOUP_METHOD_GET, path);

  si_http_request_set_header (message, "If-None-Match",
                              si_verification_get_etag (verification));
  if (wait > 0)
    si_http_request_set_wait (message, wait);

  return message;
}

SiHttpRequest *
si_rest_messages_new_code (SiVerification *verification, const char *code)
{
  g_autofree char        *path = verification_path (verification, "/code");
  SiHttpRequest          *message = si_http_request_new (SOUP_METHOD_POST, path);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  set_string_member (builder, "code", code);
  json_builder_end_object (builder);
  si_http_request_set_body (message, builder);

  return message;
}

SiHttpRequest *
si_rest_messages_new_resend (SiVerification *verification,
                             SiChannel       channel,
                             const char     *idempotency_key)
{
  g_autofree char        *path = verification_path (verification, "/resend");
  SiHttpRequest          *message = si_http_request_new (SOUP_METHOD_POST, path);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  set_string_member (builder, "channel", si_channel_to_word (channel));
  json_builder_end_object (builder);
  si_http_request_set_body (message, builder);
  si_http_request_set_idempotency_key (message, idempotency_key);

  return message;
}

SiHttpRequest *
si_rest_messages_new_cancel (SiVerification *verification)
{
  g_autofree char *path = verification_path (verification, NULL);

  return si_http_request_new (SOUP_METHOD_DELETE, path);
}

SiHttpRequest *
si_rest_messages_new_delete (SiSecurityInfo *info, const char *method_id)
{
  g_autofree char *id = g_uri_escape_string (method_id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/v1/me/methods/", id, NULL);
  SiHttpRequest   *message = si_http_request_new (SOUP_METHOD_DELETE, path);

  si_http_request_set_header (message, "If-Match", si_security_info_get_etag (info));

  return message;
}

SiHttpRequest *
si_rest_messages_new_set_default (SiSecurityInfo *info, SiDefaultOption *option)
{
  SiHttpRequest *message = si_http_request_new (SOUP_METHOD_PUT, "/v1/me/default");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  SiChannel               channel = si_default_option_get_channel (option);

  json_builder_begin_object (builder);
  set_string_member (builder, "methodId", si_default_option_get_method_id (option));
  set_string_member (builder, "channel", si_channel_to_word (channel));
  json_builder_end_object (builder);

  si_http_request_set_body (message, builder);
  si_http_request_set_header (message, "If-Match", si_security_info_get_etag (info));

  return message;
}

SiCapabilities *
si_rest_messages_read_capabilities (SiHttpResponse *response, GError **error)
{
  return si_capabilities_new_from_json (si_http_response_get_object (response),
                                        si_http_response_get_header (response, "ETag"),
                                        error);
}

SiSecurityInfo *
si_rest_messages_read_info (SiHttpResponse *response, GError **error)
{
  return si_security_info_new_from_json (si_http_response_get_object (response),
                                         si_http_response_get_header (response, "ETag"),
                                         error);
}

SiVerification *
si_rest_messages_read_verification (SiHttpResponse *response, GError **error)
{
  return si_verification_new_from_json (si_http_response_get_object (response),
                                        si_http_response_get_header (response, "ETag"),
                                        si_http_response_get_received_at (response),
                                        error);
}

/**
 * si_rest_messages_read_delay:
 * @response: the answer to a poll
 *
 * Returns: milliseconds to wait before asking again: none where the backend echoed the
 * wait, else what it says in `Retry-After` (contract, "Waiting")
 */
guint
si_rest_messages_read_delay (SiHttpResponse *response)
{
  const char *applied = si_http_response_get_header (response, "Preference-Applied");
  int         retry_after = si_http_response_get_retry_after (response);

  if (applied != NULL && strstr (applied, "wait=") != NULL)
    return 0;

  return (retry_after > 0 ? retry_after : DEFAULT_POLL_SECONDS) * 1000;
}
