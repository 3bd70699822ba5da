/**
 * What this process has written, and what an answer is worth in its light. Start with
 * {@link io.s3s3.internal.consistency.KeyHistory}, where a key's writes and answers are
 * compared; {@link io.s3s3.internal.consistency.Consistency} reads requests and responses
 * for it.
 */
@NullMarked
package io.s3s3.internal.consistency;

import org.jspecify.annotations.NullMarked;
