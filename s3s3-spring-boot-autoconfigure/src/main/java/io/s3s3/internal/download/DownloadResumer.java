package io.s3s3.internal.download;

import java.io.IOException;

import io.s3s3.internal.io.ByteProgress;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * Fetches the rest of a download that broke. Each answer has a resumer of its own, which
 * knows where the answer came from.
 */
public interface DownloadResumer {

	/**
	 * Called with the answer that the download begins with. It may begin again: what
	 * became of the answer before then no longer matters.
	 */
	void begin();

	/**
	 * Fetch what is missing.
	 * @param broken the download, and how far it has come
	 * @return the rest, or {@code null} if another answer could not cure what broke it
	 * @throws IOException if no location has the rest
	 */
	@Nullable ResumedBody resume(ResumePoint broken) throws IOException;

	/**
	 * Fetch a part of the object, to be read beside others, from whatever location has
	 * it. Thread-safe.
	 * @param part the part
	 * @param verifiable whether a checksum of the object will tell if the part belongs to
	 * it
	 * @return the part
	 * @throws IOException if no location has it
	 */
	ResumedBody open(ObjectRange part, boolean verifiable) throws IOException;

	/**
	 * The rest of a download, or as much of it as comes before it breaks again.
	 *
	 * @param object what the whole body is to bring, with its end if that was not known
	 * @param firstByte the first byte that is missing, so that each answer brings one
	 * @param stream the bytes that follow it
	 * @param resumer what fetches the rest if this breaks, too
	 * @param progress receives how far the whole body has come, or {@code null}
	 */
	record ResumedBody(ObjectRange object, int firstByte, AbortableInputStream stream, DownloadResumer resumer,
			@Nullable ByteProgress progress) {

	}

}
