/**
 * What happens to a call: the events that {@link io.s3s3.event.RequestListener}s receive
 * and the application context publishes. Start with
 * {@link io.s3s3.event.RequestFailedOver}. Events of the locations as a whole are in
 * {@link io.s3s3.health}.
 */
@NullMarked
package io.s3s3.event;

import org.jspecify.annotations.NullMarked;
