package io.s3s3;

import javax.xml.stream.XMLStreamException;

import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.times;

/**
 * Tests for listings of services that encode keys in their own ways, as the SDK's client
 * hands them on.
 */
class EncodedListingTests extends AbstractFailoverS3ClientTests {

	@Test
	void asksForEncodedKeysAndTellsThemAsIfItHadNot() {
		given(this.primary.listObjectsV2(any(ListObjectsV2Request.class)))
			.willReturn(ListObjectsV2Response.builder().name("east").encodingType("url").prefix("a b").build());

		ListObjectsV2Response page = this.client.listObjectsV2((request) -> request.prefix("a+b"));

		assertThat(sent().encodingType()).isEqualTo(EncodingType.URL);
		assertThat(page.encodingType()).isNull();
		assertThat(page.prefix()).isEqualTo("a+b");
	}

	@Test
	void leavesAnEncodingToTheCallerWhoAskedForIt() {
		given(this.primary.listObjectsV2(any(ListObjectsV2Request.class)))
			.willReturn(ListObjectsV2Response.builder().name("east").encodingType("url").build());

		ListObjectsV2Response page = this.client.listObjectsV2((request) -> request.encodingType(EncodingType.URL));

		assertThat(page.encodingType()).isEqualTo(EncodingType.URL);
	}

	@Test
	void takesAMarkerForTheLastKeyThatWasDecodedThoughItWasNotEncoded() {
		given(this.primary.listObjects(any(ListObjectsRequest.class))).willReturn(ListObjectsResponse.builder()
			.name("east")
			.encodingType("url")
			.contents(S3Object.builder().key("a+b").build())
			.nextMarker("a b")
			.build());
		given(this.primary.listObjectVersions(any(ListObjectVersionsRequest.class)))
			.willReturn(ListObjectVersionsResponse.builder()
				.name("east")
				.encodingType("url")
				.versions(ObjectVersion.builder().key("a%41").build())
				.nextKeyMarker("aA")
				.build());

		assertThat(this.client.listObjects((request) -> request.prefix("a")).nextMarker()).isEqualTo("a+b");
		assertThat(this.client.listObjectVersions((request) -> request.prefix("a")).nextKeyMarker()).isEqualTo("a%41");
	}

	@Test
	void asksAsTheCallerDidWhenTheAnswerCannotBeDecoded() {
		ListObjectsV2Response page = ListObjectsV2Response.builder().name("east").prefix("50%").build();
		given(this.primary.listObjectsV2(argThat(
				(ListObjectsV2Request request) -> request != null && request.encodingType() == EncodingType.URL)))
			.willThrow(new IllegalArgumentException("Incomplete trailing escape (%) pattern"));
		given(this.primary.listObjectsV2(
				argThat((ListObjectsV2Request request) -> request != null && request.encodingType() == null)))
			.willReturn(page);

		assertThat(this.client.listObjectsV2((request) -> request.prefix("50%"))).isSameAs(page);
	}

	@Test
	void asksForOneKeyLessWhenTheAnswerEndsInOneThatCannotBeParsed() {
		ListObjectsV2Response page = ListObjectsV2Response.builder().name("east").build();
		given(this.primary.listObjectsV2(any(ListObjectsV2Request.class)))
			.willThrow(SdkClientException.create("Could not parse XML response.",
					new XMLStreamException("Illegal character entity: expansion character (code 0x1)")))
			.willReturn(page);

		assertThat(this.client.listObjectsV2((request) -> request.prefix("k"))).isEqualTo(page);

		ArgumentCaptor<ListObjectsV2Request> sent = ArgumentCaptor.forClass(ListObjectsV2Request.class);
		then(this.primary).should(times(2)).listObjectsV2(sent.capture());
		assertThat(sent.getAllValues()).extracting(ListObjectsV2Request::maxKeys).containsExactly(null, 999);
	}

	private ListObjectsV2Request sent() {
		ArgumentCaptor<ListObjectsV2Request> sent = ArgumentCaptor.forClass(ListObjectsV2Request.class);
		then(this.primary).should().listObjectsV2(sent.capture());
		return sent.getValue();
	}

}
