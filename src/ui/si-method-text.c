/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-method-text.h"

#include <glib/gi18n.h>

#include "si-text.h"

/* The words for methods, what they are good for, and why something is not offered. */

const char *
si_method_text_get_type_name (SiMethodType type)
{
  switch (type) {
  case SI_METHOD_TYPE_PHONE:
    /* Translators: a type of sign-in method */
    return C_ ("method", "Phone");
  case SI_METHOD_TYPE_AUTHENTICATOR_APP:
    /* Translators: a type of sign-in method: an app on a phone that shows codes, or asks
     * whether it is you who signs in */
    return C_ ("method", "Authenticator app");
  case SI_METHOD_TYPE_SECURITY_KEY:
    /* Translators: a type of sign-in method: a small device that is plugged in or held to
     * the computer */
    return C_ ("method", "Security key");
  case SI_METHOD_TYPE_EMAIL:
    /* Translators: a type of sign-in method: a code in an email */
    return C_ ("method", "Email");
  case SI_METHOD_TYPE_SECURITY_QUESTIONS:
    /* Translators: a type of sign-in method: questions that only the person can answer */
    return C_ ("method", "Security questions");
  case SI_METHOD_TYPE_OTHER:
  default:
    /* Translators: a type of sign-in method that this app does not know */
    return C_ ("method", "Other method");
  }
}

const char *
si_method_text_get_icon_name (SiMethodType type)
{
  switch (type) {
  case SI_METHOD_TYPE_PHONE:
    return "phone-symbolic";
  case SI_METHOD_TYPE_AUTHENTICATOR_APP:
    return "security-info-authenticator-symbolic";
  case SI_METHOD_TYPE_SECURITY_KEY:
    return "security-info-key-symbolic";
  case SI_METHOD_TYPE_EMAIL:
    return "mail-unread-symbolic";
  case SI_METHOD_TYPE_SECURITY_QUESTIONS:
    return "security-info-question-symbolic";
  case SI_METHOD_TYPE_OTHER:
  default:
    return "security-info-shield-symbolic";
  }
}

const char *
si_method_text_get_use_name (SiPhoneUse use)
{
  switch (use) {
  case SI_PHONE_USE_MOBILE:
    /* Translators: which of the person’s phones it is */
    return C_ ("phone", "Mobile phone");
  case SI_PHONE_USE_ALTERNATE:
    /* Translators: which of the person’s phones it is: one beside the mobile phone, such
     * as at home */
    return C_ ("phone", "Alternate phone");
  case SI_PHONE_USE_OFFICE:
    /* Translators: which of the person’s phones it is */
    return C_ ("phone", "Office phone");
  case SI_PHONE_USE_NONE:
  default:
    /* Translators: it is not known which of the person’s phones it is */
    return C_ ("phone", "Phone");
  }
}

/* Returns: (transfer full) (nullable): what tells a method from others of its type */
char *
si_method_text_dup_detail (SiMethod *method)
{
  const char *number = si_method_get_number (method);
  const char *label = si_method_get_label (method);
  gint64      count = si_method_get_count (method);

  if (number != NULL)
    return si_text_format_number (number);

  if (label != NULL)
    return si_text_shorten (label);

  if (count > 0)
    /* Translators: below "Security questions": how many of them were answered */
    return g_strdup_printf (ngettext ("%d question", "%d questions", count), (int) count);

  return NULL;
}

/* Returns: (transfer full): type and detail, "Phone +46 70 174 06 05" */
char *
si_method_text_dup_name (SiMethod *method)
{
  const char *type = si_method_text_get_type_name (si_method_get_method_type (method));
  g_autofree char *detail = si_method_text_dup_detail (method);

  if (detail == NULL)
    return g_strdup (type);

  if (si_method_get_number (method) != NULL)
    /* Translators: a phone and its number: Phone +46 70 174 06 05. “Phone” is no verb */
    return g_strdup_printf (_ ("Phone %s"), detail);

  /* Translators: a type of method and which one it is: Authenticator app – Pixel 9 */
  return g_strdup_printf (C_ ("method", "%1$s – %2$s"), type, detail);
}

/* In what follows a phone has a sentence of its own: many languages inflect the word, or
 * don't write it as at the beginning of a row. */

/* Returns: (transfer full): what the button that deletes @method is called */
char *
si_method_text_dup_delete_label (SiMethod *method)
{
  g_autofree char *detail = si_method_text_dup_detail (method);
  g_autofree char *name = si_method_text_dup_name (method);

  if (si_method_get_number (method) != NULL)
    /* Translators: a button, for screen readers; a phone number */
    return g_strdup_printf (_ ("Delete Phone %s"), detail);

  /* Translators: a button, for screen readers; a method, such as Authenticator app –
   * Pixel 9. If your language inflects names, write: Delete the method %s */
  return g_strdup_printf (_ ("Delete %s"), name);
}

/* Returns: (transfer full): what is asked before @method is deleted */
char *
si_method_text_dup_delete_question (SiMethod *method)
{
  g_autofree char *detail = si_method_text_dup_detail (method);
  g_autofree char *name = si_method_text_dup_name (method);

  if (si_method_get_number (method) != NULL)
    /* Translators: a question, the heading of a dialog; a phone number */
    return g_strdup_printf (_ ("Delete Phone %s?"), detail);

  /* Translators: a question, the heading of a dialog; a method, such as Authenticator
   * app – Pixel 9 */
  return g_strdup_printf (_ ("Delete %s?"), name);
}

/* Returns: (transfer full): that @method was deleted */
char *
si_method_text_dup_deleted (SiMethod *method)
{
  g_autofree char *detail = si_method_text_dup_detail (method);
  g_autofree char *name = si_method_text_dup_name (method);

  if (si_method_get_number (method) != NULL)
    /* Translators: a phone number */
    return g_strdup_printf (_ ("Phone %s was deleted"), detail);

  /* Translators: a method, such as Authenticator app – Pixel 9 */
  return g_strdup_printf (_ ("%s was deleted"), name);
}

const char *
si_method_text_get_usable_for (SiUsableFor usable_for)
{
  gboolean sign_in = (usable_for & SI_USABLE_FOR_SIGN_IN) != 0;
  gboolean password_reset = (usable_for & SI_USABLE_FOR_PASSWORD_RESET) != 0;

  if (sign_in && password_reset)
    /* Translators: what a method can be used for */
    return _ ("Sign-in and password reset");
  if (sign_in)
    /* Translators: what a method can be used for */
    return _ ("Sign-in");
  if (password_reset)
    /* Translators: what a method can be used for */
    return _ ("Password reset");

  return NULL;
}

/* Returns: (transfer full): a default's value, "Phone – call (+46 70 174 06 05)" */
char *
si_method_text_dup_option (SiSecurityInfo *info, SiDefaultOption *option)
{
  SiMethod *method
      = si_security_info_find_method (info, si_default_option_get_method_id (option));
  g_autofree char *detail = NULL;

  if (method == NULL)
    return g_strdup (si_method_text_get_type_name (SI_METHOD_TYPE_OTHER));

  if (si_method_get_number (method) == NULL)
    return si_method_text_dup_name (method);

  detail = si_method_text_dup_detail (method);
  if (si_default_option_get_channel (option) == SI_CHANNEL_CALL)
    /* Translators: a default sign-in method: Phone – call (+46 70 174 06 05) */
    return g_strdup_printf (_ ("Phone – call (%s)"), detail);
  if (si_default_option_get_channel (option) == SI_CHANNEL_TEXT)
    /* Translators: a default sign-in method: Phone – text (+46 70 174 06 05) */
    return g_strdup_printf (_ ("Phone – text (%s)"), detail);

  return si_method_text_dup_name (method);
}

const char *
si_method_text_get_unavailable (SiUnavailable unavailable)
{
  switch (unavailable) {
  case SI_UNAVAILABLE_POLICY_DISALLOWED:
    /* Translators: why a type of method can’t be added */
    return _ ("Your organization does not allow this.");
  case SI_UNAVAILABLE_LIMIT_REACHED:
    /* Translators: why a type of method, such as a phone, can’t be added */
    return _ ("You have as many of these as your organization allows. Delete one first.");
  case SI_UNAVAILABLE_NEEDS_MOBILE:
    return _ ("Add a mobile phone first.");
  case SI_UNAVAILABLE_OTHER:
    return _ ("This is not available for your account.");
  case SI_UNAVAILABLE_NOT:
  default:
    return NULL;
  }
}

const char *
si_method_text_get_delete_blocked (SiDeleteBlocked blocked)
{
  switch (blocked) {
  case SI_DELETE_BLOCKED_LAST_METHOD:
    return _ ("Your last method can’t be deleted. Add another one first.");
  case SI_DELETE_BLOCKED_MINIMUM_METHODS:
    return _ (
        "You have the fewest methods that your organization allows. Add another one "
        "first.");
  case SI_DELETE_BLOCKED_REQUIRED_BY_ALTERNATE:
    return _ (
        "The mobile phone can’t be deleted while there is an alternate phone. Delete the "
        "alternate phone first.");
  case SI_DELETE_BLOCKED_POLICY:
  case SI_DELETE_BLOCKED_NOT:
  default:
    return _ ("Your organization does not allow this method to be deleted.");
  }
}

/* Returns: (transfer full): how to reach the help desk, as a sentence */
char *
si_method_text_dup_help_desk (SiCapabilities *capabilities)
{
  const char *phone
      = capabilities != NULL ? si_capabilities_get_support_phone (capabilities) : NULL;
  const char *email
      = capabilities != NULL ? si_capabilities_get_support_email (capabilities) : NULL;
  g_autofree char *number = phone != NULL ? si_text_format_number (phone) : NULL;
  g_autofree char *address = email != NULL ? si_text_isolate (email) : NULL;

  if (number != NULL && address != NULL)
    /* Translators: a phone number and an email address */
    return g_strdup_printf (_ ("Ask your help desk: %1$s or %2$s."), number, address);
  if (number != NULL || address != NULL)
    /* Translators: a phone number or an email address */
    return g_strdup_printf (_ ("Ask your help desk: %s."),
                            number != NULL ? number : address);

  return g_strdup (_ ("Ask your organization’s help desk."));
}
