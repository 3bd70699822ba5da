/**
 * What a read is worth while the locations differ. Start with
 * {@link io.s3s3.consistency.ConsistencySettings} and
 * {@link io.s3s3.consistency.NotReplicatedException}.
 */
@NullMarked
package io.s3s3.consistency;

import org.jspecify.annotations.NullMarked;
