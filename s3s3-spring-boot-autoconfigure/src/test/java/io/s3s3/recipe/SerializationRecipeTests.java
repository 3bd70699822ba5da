package io.s3s3.recipe;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;

import io.s3s3.FailoverS3Client;
import io.s3s3.recipe.SharedS3Client.Place;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.test.util.TestPropertyValues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The code of the reference page on serialization works as it stands there.
 */
class SerializationRecipeTests {

	@Test
	void servesWhereItArrivesAndFailsOverThere() {
		TestPropertyValues
			.of("aws.accessKeyId=" + EmbeddedS3.ACCESS_KEY, "aws.secretAccessKey=" + EmbeddedS3.SECRET_KEY)
			.applyToSystemProperties(() -> {
				try (FaultyEndpoint primary = FaultyEndpoint.refusing();
						EmbeddedS3 secondary = EmbeddedS3.start("west")) {
					SharedS3Client sent = new SharedS3Client(new Place("east", "us-east-1", primary.uri()),
							new Place("west", "us-east-1", secondary.endpoint()));

					SharedS3Client arrived = arrival(sent);

					try (S3Client s3 = arrived.get(); S3Client plain = secondary.client()) {
						s3.putObject((request) -> request.bucket("east").key("k"), RequestBody.fromString("x"));
						assertThat(s3).isInstanceOf(FailoverS3Client.class).isSameAs(sent.get());
						assertThat(plain.getObjectAsBytes((request) -> request.bucket("west").key("k")).asUtf8String())
							.isEqualTo("x");
					}
				}
				return null;
			});
	}

	@Test
	void isNeededSinceAClientCannotTravel() {
		try (FailoverS3Client client = FailoverS3Client.builder()
			.primary(EmbeddedS3.client(URI.create("http://127.0.0.1:9")), "east")
			.secondary(EmbeddedS3.client(URI.create("http://127.0.0.1:9")), "west")
			.build()) {
			assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> bytesOf(client));
		}
	}

	private static SharedS3Client arrival(SharedS3Client sent) throws IOException, ClassNotFoundException {
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytesOf(sent)))) {
			return (SharedS3Client) in.readObject();
		}
	}

	private static byte[] bytesOf(Object object) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(object);
		}
		return bytes.toByteArray();
	}

}
