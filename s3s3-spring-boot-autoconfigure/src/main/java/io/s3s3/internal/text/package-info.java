/**
 * Texts that people read: in the log, in messages of errors. Start with
 * {@link io.s3s3.internal.text.Printable}.
 */
@NullMarked
package io.s3s3.internal.text;

import org.jspecify.annotations.NullMarked;
