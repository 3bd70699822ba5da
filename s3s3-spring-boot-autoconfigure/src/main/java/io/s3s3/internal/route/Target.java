package io.s3s3.internal.route;

import org.jspecify.annotations.Nullable;

/**
 * The names in a request that decide where the call goes.
 *
 * @param bucket the bucket, or {@code null} if it names none
 * @param key the key that decides while calls return home step by step: that of the
 * object, that of the source of a copy, or the prefix of a listing; {@code null} if it
 * names none
 * @param foreignSource whether it copies from a bucket outside the pair
 */
public record Target(@Nullable String bucket, @Nullable String key, boolean foreignSource) {

}
