/**
 * When a slow read gets a second request: {@link io.s3s3.hedge.HedgeSettings}. It has a
 * package of its own so that calls and HTTP clients can read it without knowing the root
 * package.
 */
@NullMarked
package io.s3s3.hedge;

import org.jspecify.annotations.NullMarked;
