/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-refusal.h"

/* The contract's table of errors, with the words that a client shows for a code that it
 * does not know. */

typedef struct {
  const char *code;
  guint       status;
  const char *title;
  const char *swedish;
} Row;

static const Row TABLE[] = {
  { "invalid_request", 400, "The request is not valid.", "Begäran är inte giltig." },
  { "number_unparseable", 422, "This is not a phone number that can be called.",
    "Det är inte ett telefonnummer som går att ringa." },
  { "number_type_not_allowed", 422, "This kind of phone number is not allowed.",
    "Den här typen av telefonnummer är inte tillåten." },
  { "country_not_allowed", 422, "Phones in this country or region are not allowed.",
    "Telefoner i det här landet eller området är inte tillåtna." },
  { "channel_not_available", 422, "This phone cannot be reached that way.",
    "Telefonen kan inte nås på det sättet." },
  { "code_incorrect", 422, "The code is not right.", "Koden är fel." },
  { "idempotency_mismatch", 422, "The same key came with another request.",
    "Samma nyckel kom med en annan begäran." },
  { "invalid_token", 401, "You need to sign in.", "Du behöver logga in." },
  { "step_up_required", 401, "You need to sign in again.", "Du behöver logga in igen." },
  { "policy_disallowed", 403, "Your organization does not allow this.",
    "Din organisation tillåter inte detta." },
  { "telephony_blocked", 403, "This phone cannot be called or texted.",
    "Den här telefonen går inte att ringa eller skicka sms till." },
  { "account_mismatch", 403, "This belongs to another account.",
    "Detta hör till ett annat konto." },
  { "insufficient_scope", 403, "The app may not do this for you.",
    "Appen får inte göra detta åt dig." },
  { "not_found", 404, "There is no such thing.", "Det finns inte." },
  { "number_in_use", 409, "This phone number is in your security info already.",
    "Numret finns redan i din säkerhetsinformation." },
  { "method_limit_reached", 409, "You cannot add another of these.",
    "Du kan inte lägga till fler av dessa." },
  { "mobile_required_first", 409, "Add a mobile phone first.",
    "Lägg till en mobiltelefon först." },
  { "verification_in_progress", 409, "Another phone is being verified.",
    "En annan telefon håller på att verifieras." },
  { "verification_ended", 409, "This verification is over.",
    "Verifieringen är avslutad." },
  { "last_method", 409, "The last method cannot be deleted.",
    "Den sista metoden kan inte tas bort." },
  { "minimum_methods", 409, "You need at least this many methods.",
    "Du behöver minst så här många metoder." },
  { "required_by_alternate", 409, "Delete the alternate phone first.",
    "Ta bort den alternativa telefonen först." },
  { "precondition_failed", 412, "Your security info has changed meanwhile.",
    "Din säkerhetsinformation har ändrats under tiden." },
  { "precondition_required", 428, "The request lacks a header that it needs.",
    "Begäran saknar ett huvud som behövs." },
  { "resend_too_soon", 429, "Wait a little before you try again.",
    "Vänta lite innan du försöker igen." },
  { "rate_limited", 429, "This phone was tried too often. Wait before you try again.",
    "Telefonen har prövats för ofta. Vänta innan du försöker igen." },
  { "no_sends_left", 429, "No attempts are left.", "Det finns inga försök kvar." },
  { "internal", 500, "Something went wrong on the server.",
    "Något gick fel på servern." },
  { "maintenance", 503, "The server is being looked after. Try again soon.",
    "Servern underhålls. Försök igen snart." },
};

static const Row *
find_row (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    if (g_str_equal (TABLE[i].code, code))
      return &TABLE[i];
  }

  return NULL;
}

gboolean
si_refusal_is_code (const char *code)
{
  return code != NULL && find_row (code) != NULL;
}

guint
si_refusal_get_status (const SiRefusal *self)
{
  return self->status != 0 ? self->status : find_row (self->code)->status;
}

const char *
si_refusal_get_title (const SiRefusal *self)
{
  return find_row (self->code)->title;
}

const char *
si_refusal_get_detail (const SiRefusal *self, const char *language)
{
  const Row *row = find_row (self->code);

  return g_str_equal (language, "sv") ? row->swedish : row->title;
}
