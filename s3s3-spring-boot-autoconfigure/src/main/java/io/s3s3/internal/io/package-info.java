/**
 * Streams, files and threads that {@linkplain io.s3s3.internal.upload uploads} and
 * {@linkplain io.s3s3.internal.download downloads} share. No API.
 */
@NullMarked
package io.s3s3.internal.io;

import org.jspecify.annotations.NullMarked;
