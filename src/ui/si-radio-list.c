/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-radio-list.h"

#include <adwaita.h>

#include "si-list-box.h"
#include "si-text.h"

/* A short list of which one is chosen. Each choice stands for a number that its user
 * gives it. */

struct _SiRadioList {
  GtkWidget parent_instance;

  char       *label;
  GtkListBox *list;
  GPtrArray  *buttons; /* borrowed: the list has them */
};

G_DEFINE_FINAL_TYPE (SiRadioList, si_radio_list, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_LABEL,
  PROP_VALUE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static int
get_button_value (GtkWidget *button)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "value"));
}

static void
toggled_cb (SiRadioList *self, GtkCheckButton *button)
{
  if (gtk_check_button_get_active (button))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static gboolean
choose_next (GtkWidget *widget, GVariant *step, gpointer user_data)
{
  SiRadioList *self = SI_RADIO_LIST (widget);
  guint        n_buttons = self->buttons->len;

  for (guint i = 0; i < n_buttons; i++) {
    GtkWidget *button = g_ptr_array_index (self->buttons, i);
    guint      next = (i + n_buttons + (guint) g_variant_get_int32 (step)) % n_buttons;

    if (gtk_widget_has_focus (button)) {
      button = g_ptr_array_index (self->buttons, next);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
      gtk_widget_grab_focus (button);
      return TRUE;
    }
  }

  return FALSE;
}

static gboolean
activate_default (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  gtk_widget_activate_default (widget);

  return TRUE;
}

/* Before the list and the buttons see the keys, which both have other ideas about them.
 */
static void
add_keys (SiRadioList *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  static const struct {
    guint key;
    int   step;
  } keys[] = {
    { GDK_KEY_Up, -1 },
    { GDK_KEY_KP_Up, -1 },
    { GDK_KEY_Down, 1 },
    { GDK_KEY_KP_Down, 1 },
  };

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    GtkShortcut *shortcut
        = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                            gtk_callback_action_new (choose_next, NULL, NULL));

    gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (keys[i].step));
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  }
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (
          gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Return, 0),
                                       gtk_keyval_trigger_new (GDK_KEY_KP_Enter, 0)),
          gtk_callback_action_new (activate_default, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
si_radio_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SiRadioList *self = SI_RADIO_LIST (object);

  switch (id) {
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  case PROP_VALUE:
    g_value_set_int (value, si_radio_list_get_value (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
si_radio_list_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  SiRadioList *self = SI_RADIO_LIST (object);

  switch (id) {
  case PROP_LABEL:
    g_free (self->label);
    self->label = g_value_dup_string (value);
    si_text_set_accessible_label (self->list, self->label);
    break;
  case PROP_VALUE:
    si_radio_list_set_value (self, g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

/* As in any group of radio buttons: Tab comes to the one that is chosen and leaves from
 * there, the arrows choose. */
static gboolean
si_radio_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *chosen = si_radio_list_get_focus_widget (SI_RADIO_LIST (widget));

  if (gtk_widget_get_focus_child (widget) != NULL || chosen == NULL)
    return FALSE;

  return gtk_widget_grab_focus (chosen);
}

static void
si_radio_list_dispose (GObject *object)
{
  SiRadioList *self = SI_RADIO_LIST (object);

  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->label, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_RADIO_LIST);

  G_OBJECT_CLASS (si_radio_list_parent_class)->dispose (object);
}

static void
si_radio_list_class_init (SiRadioListClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = si_radio_list_get_property;
  object_class->set_property = si_radio_list_set_property;
  object_class->dispose = si_radio_list_dispose;
  widget_class->focus = si_radio_list_focus;

  properties[PROP_LABEL] = g_param_spec_string (
      "label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_VALUE] = g_param_spec_int ("value", NULL, NULL, G_MININT, G_MAXINT, 0,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-radio-list.ui");
  gtk_widget_class_bind_template_child (widget_class, SiRadioList, list);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
si_radio_list_init (SiRadioList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->buttons = g_ptr_array_new ();
  add_keys (self);
}

void
si_radio_list_clear (SiRadioList *self)
{
  g_return_if_fail (SI_IS_RADIO_LIST (self));

  g_ptr_array_set_size (self->buttons, 0);
  si_list_box_clear (self->list);
}

/* The first choice is the one that is chosen, until another is. */
void
si_radio_list_append (SiRadioList *self,
                      int          value,
                      const char  *title,
                      const char  *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  gboolean   first = self->buttons->len == 0;

  /* First, and alone: what is set with it would be parsed before. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set (row, "title", title, "subtitle", subtitle != NULL ? subtitle : "",
                "title-lines", 0, "subtitle-lines", 0, "selectable", FALSE, NULL);
  g_object_set_data (G_OBJECT (button), "value", GINT_TO_POINTER (value));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (row, FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  /* After the row has named it by its title, which would be heard twice. */
  si_text_set_accessible_label (button, title);
  si_text_set_accessible_description (button, subtitle);
  gtk_list_box_append (self->list, row);

  if (first)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
  else
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button),
                                g_ptr_array_index (self->buttons, 0));
  g_ptr_array_add (self->buttons, button);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

/* Returns: the value of what is chosen, 0 where there is no choice */
int
si_radio_list_get_value (SiRadioList *self)
{
  g_return_val_if_fail (SI_IS_RADIO_LIST (self), 0);

  for (guint i = 0; i < self->buttons->len; i++) {
    GtkWidget *button = g_ptr_array_index (self->buttons, i);

    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (button)))
      return get_button_value (button);
  }

  return 0;
}

/* A value that is no choice changes nothing. */
void
si_radio_list_set_value (SiRadioList *self, int value)
{
  g_return_if_fail (SI_IS_RADIO_LIST (self));

  for (guint i = 0; i < self->buttons->len; i++) {
    GtkWidget *button = g_ptr_array_index (self->buttons, i);

    if (get_button_value (button) == value)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
  }
}

guint
si_radio_list_get_length (SiRadioList *self)
{
  g_return_val_if_fail (SI_IS_RADIO_LIST (self), 0);

  return self->buttons->len;
}

/* Returns: (nullable): the button of what is chosen */
GtkWidget *
si_radio_list_get_focus_widget (SiRadioList *self)
{
  g_return_val_if_fail (SI_IS_RADIO_LIST (self), NULL);

  for (guint i = 0; i < self->buttons->len; i++) {
    GtkWidget *button = g_ptr_array_index (self->buttons, i);

    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (button)))
      return button;
  }

  return NULL;
}
