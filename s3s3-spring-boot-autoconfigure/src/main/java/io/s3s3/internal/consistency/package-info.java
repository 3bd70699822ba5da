/**
 * What this process has written, and what an answer is worth in its light. Start with
 * {@link io.s3s3.internal.consistency.KeyHistory}, which remembers the writes of a key,
 * and {@link io.s3s3.internal.consistency.KeyJudge}, which holds answers against them;
 * {@link io.s3s3.internal.consistency.Consistency} reads requests and responses for both.
 */
@NullMarked
package io.s3s3.internal.consistency;

import org.jspecify.annotations.NullMarked;
