package io.s3s3;

import java.util.List;

import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys that no XML document can carry, which anybody may choose who may choose keys.
 */
class UnprintableKeyIntegrationTests {

	private static final List<String> KEYS = List.of("k/50%", "k/a\u0001b", "k/a+b c", "k/x\uFFFE", "k/\u00FC&<>");

	private static EmbeddedS3 east;

	private static S3Client direct;

	private static FailoverS3Client client;

	@BeforeAll
	static void start() {
		east = EmbeddedS3.start("east");
		direct = east.client();
		client = FailoverS3Client.builder().primary(direct, "east").secondary(direct, "east").build();
	}

	@AfterAll
	static void stop() {
		client.close();
		direct.close();
		east.close();
	}

	@BeforeEach
	void putObjects() {
		KEYS.forEach((key) -> client.putObject((request) -> request.key(key), RequestBody.fromString("x")));
	}

	@Test
	void areListedAsTheyAre() {
		ListObjectsV2Response page = client.listObjectsV2((request) -> request.prefix("k/"));

		assertThat(page.contents()).extracting(S3Object::key).containsExactlyInAnyOrderElementsOf(KEYS);
		assertThat(page.encodingType()).isNull();
		assertThat(client.listObjects((request) -> request.prefix("k/")).contents()).extracting(S3Object::key)
			.containsExactlyInAnyOrderElementsOf(KEYS);
		assertThat(client.listObjectVersions((request) -> request.prefix("k/")).versions()).hasSameSizeAs(KEYS);
	}

	@Test
	void leaveWhatIsRepeatedOfTheRequestAsItIs() {
		ListObjectsResponse page = client.listObjects((request) -> request.prefix("k/50%").marker("k/1+1"));

		assertThat(page.contents()).extracting(S3Object::key).containsExactly("k/50%");
		assertThat(page.prefix()).isEqualTo("k/50%");
		assertThat(page.marker()).isEqualTo("k/1+1");
	}

	@Test
	void areDeletedWithAllOthers() {
		DeleteObjectsResponse response = client.deleteObjects((request) -> request.delete((delete) -> delete
			.objects(KEYS.stream().map((key) -> ObjectIdentifier.builder().key(key).build()).toList())));

		assertThat(response.errors()).isEmpty();
		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactlyInAnyOrderElementsOf(KEYS);
		assertThat(client.listObjectsV2((request) -> request.prefix("k/")).contents()).isEmpty();
	}

}
