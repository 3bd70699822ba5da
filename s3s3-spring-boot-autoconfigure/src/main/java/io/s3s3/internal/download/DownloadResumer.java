package io.s3s3.internal.download;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Fetches the rest of a download that broke. Each answer has a resumer of its own, which
 * knows where the answer came from.
 */
public interface DownloadResumer {

	/**
	 * Called with the answer that begins the download. The download may start over, in
	 * which case the previous answer no longer matters.
	 * @param response the answer
	 * @throws RuntimeException if it must not be passed on
	 */
	void begin(@Nullable S3Response response);

	/**
	 * Fetch what is missing.
	 * @param broken the download and its position
	 * @return the rest, or {@code null} if no other answer could help
	 * @throws IOException if no location has the rest
	 */
	@Nullable BodySegment resume(ResumePoint broken) throws IOException;

	/**
	 * Fetch a part of the object, to be read in parallel with others, from whatever
	 * location has it. Thread-safe.
	 * @param part the part
	 * @param versionSuffices whether it may come from the same version with another ETag
	 * @return the part
	 * @throws IOException if no location has it
	 */
	BodySegment open(ObjectRange part, boolean versionSuffices) throws IOException;

	/**
	 * Return whether the bytes come from more than the first answer.
	 * @return whether another location, or another answer, continued it
	 */
	boolean hasJoined();

}
