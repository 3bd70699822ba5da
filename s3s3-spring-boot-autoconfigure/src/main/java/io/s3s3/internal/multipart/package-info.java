/**
 * Multipart uploads that callers split themselves, and that survive the loss of the
 * location that issued their id: {@link io.s3s3.internal.multipart.PortableUploads} knows
 * them and the parts that were sent, an {@link io.s3s3.internal.multipart.UploadPassage}
 * translates a call for each location that it goes to, and an {@code UploadMove} starts
 * an upload over elsewhere. The calls themselves are made by the drivers. No API.
 */
@NullMarked
package io.s3s3.internal.multipart;

import org.jspecify.annotations.NullMarked;
