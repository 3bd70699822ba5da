/**
 * Texts: those that people read, in the log and in messages of errors, and how servers
 * write theirs. Start with {@link io.s3s3.internal.text.Printable}.
 */
@NullMarked
package io.s3s3.internal.text;

import org.jspecify.annotations.NullMarked;
