/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-qr-code.h"

#include <qrcodegen.h>

/* A text as a QR code, black on white in every theme: scanners want it that way. */

/* Longer texts make squares that are too small for a telephone's camera. */
#define MAX_VERSION 20
#define QUIET_ZONE 4 /* squares of white around it (ISO/IEC 18004) */

struct _SiQrCode {
  GtkWidget parent_instance;

  guint8   code[qrcodegen_BUFFER_LEN_FOR_VERSION (MAX_VERSION)];
  gboolean has_code;
};

G_DEFINE_FINAL_TYPE (SiQrCode, si_qr_code, GTK_TYPE_WIDGET)

/* A row's black squares that touch are one rectangle, so that no seam is seen. */
static void
snapshot_row (SiQrCode *self, GtkSnapshot *snapshot, int y, int square)
{
  static const GdkRGBA black = { 0, 0, 0, 1 };
  int                  size = qrcodegen_getSize (self->code);

  for (int x = 0; x < size; x++) {
    int end = x;

    while (end < size && qrcodegen_getModule (self->code, end, y))
      end++;
    if (end > x)
      gtk_snapshot_append_color (snapshot, &black,
                                 &GRAPHENE_RECT_INIT ((QUIET_ZONE + x) * square,
                                                      (QUIET_ZONE + y) * square,
                                                      (end - x) * square, square));
    x = end;
  }
}

/* The squares have whole pixels: what is blurred is harder to scan. */
static void
si_qr_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  SiQrCode            *self = SI_QR_CODE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int n_squares, square, side;

  if (!self->has_code)
    return;

  n_squares = qrcodegen_getSize (self->code) + 2 * QUIET_ZONE;
  square = MAX (MIN (width, height) / n_squares, 1);
  side = square * n_squares;
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((width - side) / 2, (height - side) / 2));
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (0, 0, side, side));
  for (int y = 0; y < n_squares - 2 * QUIET_ZONE; y++)
    snapshot_row (self, snapshot, y, square);
}

static void
si_qr_code_class_init (SiQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = si_qr_code_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
si_qr_code_init (SiQrCode *self)
{
}

/* Returns: whether @text is short enough; if not, there is nothing to see */
gboolean
si_qr_code_set_text (SiQrCode *self, const char *text)
{
  guint8 buffer[qrcodegen_BUFFER_LEN_FOR_VERSION (MAX_VERSION)];

  g_return_val_if_fail (SI_IS_QR_CODE (self), FALSE);

  self->has_code = qrcodegen_encodeText (text, buffer, self->code, qrcodegen_Ecc_MEDIUM,
                                         qrcodegen_VERSION_MIN, MAX_VERSION,
                                         qrcodegen_Mask_AUTO, TRUE);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  return self->has_code;
}
