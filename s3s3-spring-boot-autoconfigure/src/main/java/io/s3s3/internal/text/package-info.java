/**
 * Texts: those that people read in logs and error messages, and how servers write theirs.
 * Start with {@link io.s3s3.internal.text.Printable}.
 */
@NullMarked
package io.s3s3.internal.text;

import org.jspecify.annotations.NullMarked;
