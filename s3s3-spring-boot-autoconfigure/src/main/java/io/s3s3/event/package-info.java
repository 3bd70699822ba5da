/**
 * What happens to a call: the events that {@link io.s3s3.event.RequestListener}s receive,
 * and that the application context publishes. Start with
 * {@link io.s3s3.event.RequestFailedOver}. What happens to the locations as a whole is in
 * {@link io.s3s3.health}.
 */
@NullMarked
package io.s3s3.event;

import org.jspecify.annotations.NullMarked;
