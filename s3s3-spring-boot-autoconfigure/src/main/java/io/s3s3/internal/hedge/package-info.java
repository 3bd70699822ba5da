/**
 * Second requests for reads that are slow. Start with
 * {@link io.s3s3.internal.hedge.Hedges}, which decides when there may be one; the HTTP
 * clients in {@code internal.http} make it. No API.
 */
@NullMarked
package io.s3s3.internal.hedge;

import org.jspecify.annotations.NullMarked;
