package io.s3s3.internal.blocking;

import java.util.regex.Pattern;

import javax.xml.stream.XMLStreamException;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Lists keys. Anybody who may choose a key can choose one that no XML document can carry,
 * and so break every listing that it is in. Keys are therefore asked for in the <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">encoding of
 * URLs</a> unless the caller asks for an encoding; the answer looks as if they were not.
 * <p>
 * Some services tell that they encode, but leave the prefix, or the place where the next
 * page begins, as it is. The client then fails to decode it, or to parse it, and the page
 * is asked for again: as the caller asked, or with one key less, to end it elsewhere.
 */
final class Listing extends Invocation {

	private static final Pattern BAD_CHARACTER = Pattern.compile("(?is).*(illegal|invalid).*character.*");

	Listing(LeafMethod method) {
		super(method);
	}

	@Override
	@Nullable Object invoke(S3Request request, AttemptContext attempt) throws Throwable {
		if (EncodedListing.asksForEncoding(request)) {
			return checked(call(attempt.client(), request), attempt.client());
		}
		try {
			return list(attempt.client(), request);
		}
		catch (SdkClientException ex) {
			S3Request shorter = hasBadCharacter(ex) ? EncodedListing.shortened(request) : null;
			if (shorter == null) {
				throw ex;
			}
			return list(attempt.client(), shorter);
		}
	}

	private @Nullable Object list(S3Client client, S3Request request) throws Throwable {
		try {
			Object page = checked(call(client, EncodedListing.requestFor(request)), client);
			return (page instanceof S3Response answer) ? EncodedListing.restored(answer, request) : page;
		}
		catch (IllegalArgumentException ex) {
			return checked(call(client, request), client);
		}
	}

	private static boolean hasBadCharacter(Throwable error) {
		Throwable cause = error.getCause();
		return cause instanceof XMLStreamException && cause.getMessage() != null
				&& BAD_CHARACTER.matcher(cause.getMessage()).matches();
	}

}
