/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-page.h"

#include "si-text.h"

/* One step of the wizard: a column that scrolls, and what the wizard's header needs to
 * know. */

typedef struct {
  GtkWidget *scroller;
  GtkBox    *content;

  char    *title;
  char    *next_label;
  gboolean can_go_back;
  gboolean can_cancel;
  gboolean busy;
} SiPagePrivate;

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_TYPE_WITH_CODE (SiPage,
                         si_page,
                         GTK_TYPE_WIDGET,
                         G_ADD_PRIVATE (SiPage)
                             G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                    buildable_iface_init))

static GtkBuildableIface *parent_buildable_iface;

enum {
  PROP_0,
  PROP_TITLE,
  PROP_NEXT_LABEL,
  PROP_CAN_GO_BACK,
  PROP_CAN_CANCEL,
  PROP_BUSY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  SiPagePrivate *priv = si_page_get_instance_private (SI_PAGE (buildable));

  /* The page's own template comes first and makes the column that all else goes into. */
  if (priv->content != NULL && GTK_IS_WIDGET (child))
    gtk_box_append (priv->content, GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
si_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SiPagePrivate *priv = si_page_get_instance_private (SI_PAGE (object));

  switch (id) {
  case PROP_TITLE:
    g_value_set_string (value, priv->title);
    break;
  case PROP_NEXT_LABEL:
    g_value_set_string (value, priv->next_label);
    break;
  case PROP_CAN_GO_BACK:
    g_value_set_boolean (value, priv->can_go_back);
    break;
  case PROP_CAN_CANCEL:
    g_value_set_boolean (value, priv->can_cancel);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, priv->busy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
si_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SiPage        *self = SI_PAGE (object);
  SiPagePrivate *priv = si_page_get_instance_private (self);

  switch (id) {
  case PROP_TITLE:
    si_page_set_title (self, g_value_get_string (value));
    break;
  case PROP_NEXT_LABEL:
    g_free (priv->next_label);
    priv->next_label = g_value_dup_string (value);
    break;
  case PROP_CAN_GO_BACK:
    priv->can_go_back = g_value_get_boolean (value);
    break;
  case PROP_CAN_CANCEL:
    priv->can_cancel = g_value_get_boolean (value);
    break;
  case PROP_BUSY:
    si_page_set_busy (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
si_page_dispose (GObject *object)
{
  SiPagePrivate *priv = si_page_get_instance_private (SI_PAGE (object));

  /* GTK 4.8 can't dispose of the template of a class that has one derived from it. */
  g_clear_pointer (&priv->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (si_page_parent_class)->dispose (object);
}

static void
si_page_finalize (GObject *object)
{
  SiPagePrivate *priv = si_page_get_instance_private (SI_PAGE (object));

  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->next_label, g_free);

  G_OBJECT_CLASS (si_page_parent_class)->finalize (object);
}

static void
si_page_class_init (SiPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = si_page_get_property;
  object_class->set_property = si_page_set_property;
  object_class->dispose = si_page_dispose;
  object_class->finalize = si_page_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_NEXT_LABEL]
      = g_param_spec_string ("next-label", NULL, NULL, NULL, flags);
  properties[PROP_CAN_GO_BACK]
      = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_CANCEL]
      = g_param_spec_boolean ("can-cancel", NULL, NULL, TRUE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, SiPage, scroller);
  gtk_widget_class_bind_template_child_private (widget_class, SiPage, content);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
si_page_init (SiPage *self)
{
  SiPagePrivate *priv = si_page_get_instance_private (self);

  priv->can_cancel = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
si_page_get_title (SiPage *self)
{
  SiPagePrivate *priv = si_page_get_instance_private (self);

  g_return_val_if_fail (SI_IS_PAGE (self), NULL);

  return priv->title;
}

void
si_page_set_title (SiPage *self, const char *title)
{
  SiPagePrivate *priv = si_page_get_instance_private (self);

  g_return_if_fail (SI_IS_PAGE (self));

  if (g_strcmp0 (priv->title, title) == 0)
    return;

  g_free (priv->title);
  priv->title = g_strdup (title);
  si_text_set_accessible_label (priv->scroller, title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

gboolean
si_page_get_busy (SiPage *self)
{
  SiPagePrivate *priv = si_page_get_instance_private (self);

  g_return_val_if_fail (SI_IS_PAGE (self), FALSE);

  return priv->busy;
}

void
si_page_set_busy (SiPage *self, gboolean busy)
{
  SiPagePrivate *priv = si_page_get_instance_private (self);

  g_return_if_fail (SI_IS_PAGE (self));

  if (priv->busy == busy)
    return;

  priv->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* What the main button does; while the page is busy, nothing. */
void
si_page_submit (SiPage *self)
{
  g_return_if_fail (SI_IS_PAGE (self));

  if (!si_page_get_busy (self) && SI_PAGE_GET_CLASS (self)->submit != NULL)
    SI_PAGE_GET_CLASS (self)->submit (self);
}

/* Returns: (transfer none) (nullable): what has the focus first, where the page cares */
GtkWidget *
si_page_get_initial_focus (SiPage *self)
{
  g_return_val_if_fail (SI_IS_PAGE (self), NULL);

  if (SI_PAGE_GET_CLASS (self)->get_initial_focus == NULL)
    return NULL;

  return SI_PAGE_GET_CLASS (self)->get_initial_focus (self);
}

/* Returns: (transfer full) (nullable): what a screen reader says when the page comes up,
 *   besides its title */
char *
si_page_dup_announcement (SiPage *self)
{
  g_return_val_if_fail (SI_IS_PAGE (self), NULL);

  if (SI_PAGE_GET_CLASS (self)->dup_announcement == NULL)
    return NULL;

  return SI_PAGE_GET_CLASS (self)->dup_announcement (self);
}
