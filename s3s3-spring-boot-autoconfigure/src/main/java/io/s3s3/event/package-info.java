/**
 * What happens to a request, told to listeners. Start with
 * {@link io.s3s3.event.RequestListener} and {@link io.s3s3.event.RequestFailedOver}.
 */
@NullMarked
package io.s3s3.event;

import org.jspecify.annotations.NullMarked;
