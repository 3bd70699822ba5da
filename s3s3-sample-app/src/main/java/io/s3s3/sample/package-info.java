/**
 * An application whose S3 calls keep working when one of two S3 locations fails. Start
 * with {@link io.s3s3.sample.SampleApplication}; what an application of your own would do
 * is in {@code web.ObjectsController} and {@code FailoverLog}.
 */
@NullMarked
package io.s3s3.sample;

import org.jspecify.annotations.NullMarked;
