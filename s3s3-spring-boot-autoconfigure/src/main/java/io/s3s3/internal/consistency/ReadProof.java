package io.s3s3.internal.consistency;

import java.util.Optional;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Decides whether the object that one location answers with proves to be no older than
 * that of the other one: the caller has named it, by its version id or its ETag, or this
 * process remembers that it has written it last. Stores that do not heed what the caller
 * named are not trusted. Thread-safe.
 */
public final class ReadProof {

	private final @Nullable String versionId;

	/** the only ETag that will do. */
	private final @Nullable String eTag;

	private final @Nullable AnswerCheck check;

	private ReadProof(@Nullable String versionId, @Nullable String eTag, @Nullable AnswerCheck check) {
		this.versionId = versionId;
		this.eTag = eTag;
		this.check = check;
	}

	/**
	 * Return what proves an answer to a read.
	 * @param request the request
	 * @param check what this process has written, {@code null} if it has not
	 * @return the proof, or {@code null} if nothing could
	 */
	public static @Nullable ReadProof of(S3Request request, @Nullable AnswerCheck check) {
		String versionId = null;
		String ifMatch = null;
		if (request instanceof GetObjectRequest get) {
			versionId = get.versionId();
			ifMatch = get.ifMatch();
		}
		else if (request instanceof HeadObjectRequest head) {
			versionId = head.versionId();
			ifMatch = head.ifMatch();
		}
		if (versionId != null) {
			// Each location has one that is called "null".
			String named = ObjectIdentity.of(versionId, null).versionId();
			return (named != null) ? new ReadProof(named, null, null) : null;
		}
		String eTag = only(ifMatch);
		return (eTag != null || (check != null && check.canProve())) ? new ReadProof(null, eTag, check) : null;
	}

	/**
	 * Return the ETag that a condition names.
	 * @return the ETag, or {@code null} if it may be any, one of several, or a weak one
	 */
	private static @Nullable String only(@Nullable String ifMatch) {
		boolean one = ifMatch != null && !ifMatch.contains("*") && !ifMatch.contains(",") && !isWeak(ifMatch);
		return one ? ObjectIdentity.of(null, ifMatch).eTag() : null;
	}

	private static boolean isWeak(String eTag) {
		return eTag.regionMatches(true, 0, "W/", 0, 2);
	}

	/**
	 * Return whether an answer proves to be no older than any other.
	 * @param location the location that answered
	 * @param answer a success
	 * @return whether it does
	 */
	public boolean isGivenBy(LocationRole location, SdkHttpResponse answer) {
		Optional<String> version = answer.firstMatchingHeader(ObjectRead.VERSION_ID);
		if (this.versionId != null) {
			return version.filter(this.versionId::equals).isPresent();
		}
		String tag = answer.firstMatchingHeader("ETag").filter((each) -> !isWeak(each)).orElse(null);
		ObjectIdentity identity = ObjectIdentity.of(version.orElse(null), tag);
		boolean named = this.eTag != null && this.eTag.equals(identity.eTag());
		if (this.check == null || (this.eTag != null && !named)) {
			return named;
		}
		return this.check.proves(location, identity, named);
	}

}
