package io.s3s3.internal.multipart;

import java.util.Map;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeptPart} and {@link PartTag}.
 */
class KeptPartTests {

	private static final S3Request SENT = UploadPartRequest.builder().build();

	private static final S3Request COPIED = UploadPartCopyRequest.builder().build();

	@Test
	void isTheSameWithAnotherETagUnlessItIsACopy() {
		assertThat(part(SENT, tag("a")).isSameAs(tag("b"))).isTrue();
		assertThat(part(COPIED, tag("a")).isSameAs(tag("b"))).isFalse();
		assertThat(part(COPIED, tag("\"a\"")).isSameAs(tag("a"))).isTrue();
	}

	@Test
	void isAnotherOneWithAnotherChecksum() {
		PartTag tag = tag("a", "ChecksumCRC32", "x");

		assertThat(part(SENT, tag).isSameAs(tag("a", "ChecksumCRC32", "y"))).isFalse();
		assertThat(part(SENT, tag).isSameAs(tag("a", "ChecksumSHA1", "y"))).isTrue();
		assertThat(part(COPIED, tag).isSameAs(tag("b", "ChecksumCRC32", "x"))).isTrue();
		assertThat(part(COPIED, tag).isSameAs(tag("a", "ChecksumCRC32", "y"))).isFalse();
	}

	@Test
	void hasTheChecksumsOfTheAnswer() {
		PartTag tag = PartTag.of("e", UploadPartResponse.builder().checksumCRC64NVME("c").eTag("e").build());

		assertThat(tag.checksums()).isEqualTo(Map.of("ChecksumCRC64NVME", "c"));
	}

	@Test
	void isNotKnownByNoETag() {
		assertThat(tag("").has("")).isFalse();
		assertThat(tag("a").has(null)).isFalse();
		assertThat(part(COPIED, tag("")).isSameAs(tag(""))).isFalse();
	}

	private static KeptPart part(S3Request request, PartTag tag) {
		return new KeptPart(1, request, tag, 0, 0);
	}

	private static PartTag tag(String eTag) {
		return new PartTag(eTag, Map.of());
	}

	private static PartTag tag(String eTag, String name, String checksum) {
		return new PartTag(eTag, Map.of(name, checksum));
	}

}
