/**
 * The API that applications inject or build: {@link io.s3s3.FailoverS3Template} for the
 * common operations without a bucket, {@link io.s3s3.FailoverS3Client} for all of them,
 * and {@link io.s3s3.FailoverS3AsyncClient}, its asynchronous side. This page is also the
 * map of the code.
 *
 * <h2>The walk of a call</h2> <pre>
 * caller → DefaultFailoverS3Client   which operation is this?              io.s3s3
 *        → FailoverEngine            may it be sent, and as what kind?     internal.blocking
 *        → CallExecution             one state machine a call, that decides  internal.call
 *            OperationTable          how safe is the operation?            internal.route
 *            Router                  which locations, in what order?       internal.route
 *            TrafficDirector         who is well, who goes first?          health
 *            ReadGuard               does the answer lack an own write?    internal.call
 *            FailureClassifier       what does this error mean?            failure
 *            RequestListener         receives what happens                 event
 *        → BlockingDriver            takes the steps: call, wait, cancel   internal.blocking
 *          or AsyncDriver            the same for futures, of AsyncEngine  internal.async
 *        → upload, download          bytes that can be sent again, or go on  internal
 *        → S3Client of a location    that gives up on a peer that stalls   internal.http
 * </pre> The state machine knows no thread and no client; a driver calls, waits, and
 * reports the outcomes to it.
 *
 * <h2>Where things are</h2>
 * <ul>
 * <li>{@link io.s3s3.location}: who we can talk to</li>
 * <li>{@link io.s3s3.health}: is a location well, and who goes first; status, events,
 * settings and probes of locations</li>
 * <li>{@link io.s3s3.failure}: what an error means, and the trace of a call that
 * failed</li>
 * <li>{@link io.s3s3.consistency}: what a read is worth while the locations differ</li>
 * <li>{@link io.s3s3.event}: what happens to a call</li>
 * <li>{@link io.s3s3.transfer}: how bodies are buffered and split into parts</li>
 * <li>{@link io.s3s3.hedge}: when a slow read gets a second request</li>
 * <li>{@link io.s3s3.metrics}, {@link io.s3s3.observation}: one adapter each; that of the
 * Actuator is {@link io.s3s3.internal.actuate}, since its API is not in Java</li>
 * <li>{@link io.s3s3.autoconfigure}: the wiring; nothing depends on it</li>
 * <li>{@code internal}: all else, and no API</li>
 * </ul>
 *
 * <h2>What to read</h2> In this order, some 2,500 lines: {@code DefaultFailoverS3Client},
 * {@link io.s3s3.internal.blocking.FailoverEngine}, {@link io.s3s3.internal.call.Step},
 * {@link io.s3s3.internal.call.CallExecution}, {@code BlockingDriver} with its
 * {@code Turns}, {@link io.s3s3.internal.route.Router},
 * {@link io.s3s3.failure.FailureClassifier} with what it returns, and
 * {@link io.s3s3.health.TrafficDirector}.
 */
@NullMarked
package io.s3s3;

import org.jspecify.annotations.NullMarked;
