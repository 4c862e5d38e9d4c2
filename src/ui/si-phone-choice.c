/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-phone-choice.h"

/* Which phones the person can add now: what the organisation allows, less what is there.
 */

/* Returns: why no phone can be added for the use of @phone, %SI_UNAVAILABLE_NOT where one
 * can */
SiUnavailable
si_phone_choice_get_use_unavailable (SiOverview *overview, SiPhonePolicy *phone)
{
  SiSecurityInfo *info = si_overview_get_security_info (overview);
  SiPhoneUse      requires = si_phone_policy_get_requires (phone);

  if (si_phone_policy_get_channels (phone) == SI_CHANNEL_NONE)
    return SI_UNAVAILABLE_POLICY_DISALLOWED;
  if (si_security_info_count_phones (info, si_phone_policy_get_use (phone))
      >= si_phone_policy_get_max (phone))
    return SI_UNAVAILABLE_LIMIT_REACHED;
  if (requires != SI_PHONE_USE_NONE
      && si_security_info_count_phones (info, requires) == 0)
    return SI_UNAVAILABLE_NEEDS_MOBILE;

  return SI_UNAVAILABLE_NOT;
}

/* Returns: why no phone at all can be added, %SI_UNAVAILABLE_NOT where one can */
SiUnavailable
si_phone_choice_get_unavailable (SiOverview *overview)
{
  SiCapabilities *capabilities = si_overview_get_capabilities (overview);
  SiMethodPolicy *policy
      = si_capabilities_find_policy (capabilities, SI_METHOD_TYPE_PHONE);
  SiProviderFeatures features
      = si_provider_get_features (si_overview_get_provider (overview));
  SiUnavailable unavailable;
  GListModel   *phones;

  if (policy == NULL || (features & SI_PROVIDER_FEATURE_ADD_PHONE) == 0)
    return SI_UNAVAILABLE_OTHER;

  unavailable = si_method_policy_get_unavailable (policy);
  /* What depends on the list is reckoned here: the backend's answer may be older than
   * that. */
  if (!si_method_policy_get_can_add (policy)
      && unavailable != SI_UNAVAILABLE_LIMIT_REACHED
      && unavailable != SI_UNAVAILABLE_NEEDS_MOBILE)
    return unavailable != SI_UNAVAILABLE_NOT ? unavailable : SI_UNAVAILABLE_OTHER;

  unavailable = SI_UNAVAILABLE_OTHER;
  phones = si_method_policy_get_phones (policy);
  for (guint i = 0; i < g_list_model_get_n_items (phones); i++) {
    g_autoptr (SiPhonePolicy) phone = g_list_model_get_item (phones, i);

    unavailable = si_phone_choice_get_use_unavailable (overview, phone);
    if (unavailable == SI_UNAVAILABLE_NOT)
      break;
  }

  return unavailable;
}
